package io.assay.web.rules;

import io.assay.assertion.rule.ir.CheckedAssertion;

/**
 * An assertion of the rules in force, and whether it judges.
 *
 * @param why it does not judge as it should; empty where all is well
 */
public record KnownAssertion(CheckedAssertion assertion, AssertionState state, String why) {}
