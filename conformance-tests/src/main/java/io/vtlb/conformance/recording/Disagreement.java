package io.vtlb.conformance.recording;

/**
 * A fact of a recording that the model says otherwise of.
 *
 * @param line the line of the fact, from 1
 * @param check what was compared
 * @param recorded the recording's side
 * @param model the model's side
 */
public record Disagreement(long line, CheckKind check, String recorded, String model) {}
