/** The out-of-sync design's own ideas by example, and that the kit finds it right. */
package io.vtlb.conformance.design.outofsync;
