package io.assay.assertion.selection;

/**
 * A sample that was chosen, and why.
 *
 * @param candidate of the item's candidates, the one that was drawn
 * @param why in a sentence for people
 * @param probability in 0 .. 1, with which this draw took it, given the arm and the picks before;
 *     where the farthest of several draws was taken, that of one draw; 1 where nothing was left to
 *     chance
 * @param context events before and after that go with it
 */
public record Pick(Candidate candidate, Arm arm, String why, double probability, int context) {}
