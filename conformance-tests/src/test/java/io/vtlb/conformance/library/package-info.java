/** Tests of virtual TLBs in native libraries; they need a C compiler. */
package io.vtlb.conformance.library;
