/** Tests of the fault library: whether the kit notices what it is there to notice. */
package io.vtlb.conformance.fault;
