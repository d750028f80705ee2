package io.assay.web.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How access begins.
 *
 * @param project the project made on the first start
 */
@ConfigurationProperties("assay.access")
record AccessSettings(@DefaultValue("default") String project) {}
