/** Tests of how cells are counted. */
package io.vtlb.conformance.cell;
