/** Tests of reports: their text word for word, and that every rule has its witnesses. */
package io.vtlb.conformance.report;
