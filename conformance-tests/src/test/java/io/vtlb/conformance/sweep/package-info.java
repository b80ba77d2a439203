/** The sweep is tested by what it must find: wrong walkers, foreign checkpoints, gaps in tables. */
package io.vtlb.conformance.sweep;
