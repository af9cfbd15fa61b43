/** The hub as a contestant. */
package io.victorhub.examples.benchmarks.victor;
