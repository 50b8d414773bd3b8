/**
 * Programs that make the documentation: pages with tables of encoders, plots of measurements, the
 * image of the README, and the folder from which the site is built.
 */
@NullMarked
package io.reelmux.site;

import org.jspecify.annotations.NullMarked;
