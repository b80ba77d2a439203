/** The emulator by itself: it starts, runs what is asked, and says what is missing. */
package io.vtlb.conformance.emulator;
