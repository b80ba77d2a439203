/** Tests of whole runs: their verdicts, and what changes nothing in them. */
package io.vtlb.conformance.verify;
