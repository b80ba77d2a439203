/** Tests of how targets are found and served, and targets made up for these and other tests. */
package io.vtlb.conformance.target;
