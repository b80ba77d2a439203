/** Guests for examples: tables in a few frames of memory, written as the manual draws them. */
package io.vtlb.model.guest;
