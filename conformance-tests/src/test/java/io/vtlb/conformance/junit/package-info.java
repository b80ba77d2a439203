/** Tests of the tests that a factory makes: which pass, fail and are skipped, and what they say. */
package io.vtlb.conformance.junit;
