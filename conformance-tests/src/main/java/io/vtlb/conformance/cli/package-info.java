/**
 * The command line: reads arguments, calls the kit, prints reports. One verb a file; nothing is
 * decided here.
 */
@NullMarked
package io.vtlb.conformance.cli;

import org.jspecify.annotations.NullMarked;
