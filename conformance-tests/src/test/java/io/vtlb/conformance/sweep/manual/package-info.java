/** The second formulation, held against examples worked out by hand from the manual. */
package io.vtlb.conformance.sweep.manual;
