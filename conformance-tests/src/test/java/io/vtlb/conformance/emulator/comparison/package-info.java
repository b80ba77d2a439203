/** The model beside the emulator: agreement, the ledger, and models that are wrong on purpose. */
package io.vtlb.conformance.emulator.comparison;
