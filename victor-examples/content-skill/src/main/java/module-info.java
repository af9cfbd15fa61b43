/** A skill that writes blog posts. It exports nothing: a hub finds it by the service it provides. */
module io.victorhub.examples.content {
    requires io.victorhub.spi;

    provides io.victorhub.spi.Skill with
            io.victorhub.examples.content.ContentSkill;
}
