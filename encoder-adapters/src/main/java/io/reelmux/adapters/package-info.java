/**
 * Frames and samples of other libraries: JavaCV, OpenCV, Deep Java Library and JavaFX. Each class
 * requires the library that it is named after, which the program adds; the others may be missing.
 */
@NullMarked
package io.reelmux.adapters;

import org.jspecify.annotations.NullMarked;
