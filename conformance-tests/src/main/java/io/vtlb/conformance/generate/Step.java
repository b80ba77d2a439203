package io.vtlb.conformance.generate;

import io.vtlb.model.operation.Operation;
import java.util.List;

/**
 * One step of a shape; it chooses its operations when its turn comes, since others stand before.
 */
@FunctionalInterface
interface Step {

  List<Operation> operations();
}
