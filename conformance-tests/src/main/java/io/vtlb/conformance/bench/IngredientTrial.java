package io.vtlb.conformance.bench;

import java.util.Optional;

/**
 * What an ingredient is worth for finding a fault.
 *
 * @param pair the two
 * @param offered false if the fault's target cannot be given the ingredient
 * @param with with all ingredients
 * @param without with all but this one
 * @param alone with only this one, if that was asked for
 */
public record IngredientTrial(
    IngredientPlan.Pair pair, boolean offered, Finds with, Finds without, Optional<Finds> alone) {}
