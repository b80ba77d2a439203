/** Tests of what the benchmarks are made of. */
package io.vtlb.conformance.bench;
