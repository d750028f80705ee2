package io.assay.web.access;

/** An account with its role in a project. */
public record Member(String name, Role role) {}
