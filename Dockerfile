# Two images from one build: `--target stream-processors` and `--target web-ui`.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /assay
COPY . .
RUN mvn -B -q -DskipTests -pl '!benchmarks' package \
 && java -Djarmode=tools -jar web-ui/target/web-ui-*-application.jar extract --destination /out/web-ui \
 && java -Djarmode=tools -jar stream-processors/target/stream-processors-*-service.jar extract --destination /out/stream-processors \
 && mv /out/web-ui/web-ui-*.jar /out/web-ui/app.jar \
 && mv /out/stream-processors/stream-processors-*.jar /out/stream-processors/app.jar

FROM eclipse-temurin:25-jre AS stream-processors
RUN useradd --system --create-home --home-dir /var/lib/assay assay
USER assay
COPY --from=build /out/stream-processors /opt/assay
COPY --from=build /assay/examples /etc/assay/rules
VOLUME /var/lib/assay
# Jars with functions for rules may be mounted at /opt/assay/functions.
ENV OPENBLAS_NUM_THREADS=1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-cp", "/opt/assay/app.jar:/opt/assay/functions/*", "io.assay.stream.app.ProcessorService"]

FROM eclipse-temurin:25-jre AS web-ui
RUN useradd --system --create-home --home-dir /var/lib/assay assay
USER assay
COPY --from=build /out/web-ui /opt/assay
COPY --from=build /assay/examples /etc/assay/rules
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-cp", "/opt/assay/app.jar:/opt/assay/functions/*", "io.assay.web.system.AssayWeb"]
