package io.assay.drill;

import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.util.Map;

/** The web interface in a process of its own. Arguments: its settings, as {@code --name=value}. */
public final class WebProcess {
  private WebProcess() {}

  public static void main(String[] arguments) throws IOException {
    AssayWeb.Running web = AssayWeb.start(Map.of(), arguments);
    Child.say("port", Integer.toString(web.port()));
    web.firstLogin()
        .ifPresent(
            login -> {
              Child.say("name", login.name());
              Child.say("password", login.password());
            });
    Child.serve();
    web.close();
    Runtime.getRuntime().halt(0);
  }
}
