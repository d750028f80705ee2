package io.assay.bench.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts the statements of each request, and how long the thread of the alerts holds a connection.
 */
final class CountedDatabase implements BeanPostProcessor {
  private static final String ALERTS = "alerts";

  private final List<Long> looks = new CopyOnWriteArrayList<>();

  /** Of each transaction of the alerts' loop, in nanoseconds. */
  List<Long> looks() {
    return List.copyOf(looks);
  }

  void forgetLooks() {
    looks.clear();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source ? new Counted(source) : bean;
  }

  private final class Counted extends DelegatingDataSource {
    Counted(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      if (Thread.currentThread().getName().equals(ALERTS)) {
        return timed(connection);
      }
      return Metered.CURRENT.get() == null ? connection : counted(connection);
    }
  }

  private Connection timed(Connection connection) {
    long begun = System.nanoTime();
    return proxy(
        Connection.class,
        connection,
        (method, result) -> {
          if (method.getName().equals("close")) {
            looks.add(System.nanoTime() - begun);
          }
          return result;
        });
  }

  private static Connection counted(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, result) ->
            switch (result) {
              case CallableStatement call -> proxy(CallableStatement.class, call, (m, r) -> r);
              case PreparedStatement prepared ->
                  proxy(PreparedStatement.class, prepared, (m, r) -> r);
              case Statement statement -> proxy(Statement.class, statement, (m, r) -> r);
              case null, default -> result;
            });
  }

  private interface After {
    Object done(Method method, Object result);
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            CountedDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Metered meter = Metered.CURRENT.get();
              long begun = System.nanoTime();
              try {
                return after.done(method, method.invoke(target, arguments));
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              } finally {
                if (meter != null && method.getName().startsWith("execute")) {
                  meter.statement(System.nanoTime() - begun);
                }
              }
            }));
  }
}
