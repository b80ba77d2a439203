/** Tests of the reducer. */
package io.vtlb.conformance.reduce;
