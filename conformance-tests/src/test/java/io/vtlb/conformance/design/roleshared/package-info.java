/** Examples of the role-shared design's own ideas, and that the kit finds no fault with it. */
package io.vtlb.conformance.design.roleshared;
