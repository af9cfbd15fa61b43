/** A skill that composes and renders music. It exports nothing: a hub finds it by the service it provides. */
module io.victorhub.examples.music {
    requires io.victorhub.spi;

    provides io.victorhub.spi.Skill with
            io.victorhub.examples.music.MusicSkill;
}
