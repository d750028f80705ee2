package io.assay.web.access;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

/** One account in one project. */
@Embeddable
record MembershipId(String project, String account) implements Serializable {}
