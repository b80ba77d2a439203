/** Tests of what jqwik draws and shrinks. */
package io.vtlb.conformance.jqwik;
