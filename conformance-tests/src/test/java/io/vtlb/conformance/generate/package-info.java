/** Tests of the sequences that are generated. */
package io.vtlb.conformance.generate;
