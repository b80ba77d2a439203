/** Tests of the command line: exit codes, streams, and bad input. */
package io.vtlb.conformance.cli;
