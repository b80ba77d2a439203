/** Tests of how one sequence is run. */
package io.vtlb.conformance.run;
