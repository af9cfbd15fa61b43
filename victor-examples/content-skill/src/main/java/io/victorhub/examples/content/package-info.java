/**
 * Writes blog posts from a grammar. {@link io.victorhub.examples.content.ContentSkill} is the way in; it reads an
 * {@link io.victorhub.examples.content.Order}, and a {@link io.victorhub.examples.content.PostWriter} fills it.
 */
package io.victorhub.examples.content;
