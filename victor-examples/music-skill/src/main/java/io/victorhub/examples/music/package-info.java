/**
 * Composes stock music and renders it. {@link io.victorhub.examples.music.MusicSkill} is the way in: a
 * {@link io.victorhub.examples.music.Composer} makes a {@link io.victorhub.examples.music.Score}, which
 * {@link io.victorhub.examples.music.MidiFile} writes down and {@link io.victorhub.examples.music.Renderer} plays.
 */
package io.victorhub.examples.music;
