/** Programs of one file each that run on Spark. */
@org.jspecify.annotations.NullMarked
package io.reelmux.examples.spark;
