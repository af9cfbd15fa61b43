package io.victorhub.spi;

/**
 * Something the hub can ask to carry out tasks of the types its descriptor names.
 *
 * <p>List the class in {@code META-INF/services/io.victorhub.spi.Skill} (for the class path and the plug-in folder) and
 * in {@code module-info.java} with {@code provides} (for the module path); it needs a public no-argument constructor.
 *
 * <p><b>Life:</b> constructed, asked for its descriptor, {@link #open opened} once, then called; {@link #close closed}
 * once after the last call has ended.
 *
 * <p><b>Threads:</b> one instance serves all tasks, several at once. Keep it stateless or guard its state.
 *
 * <p><b>Errors:</b> report expected trouble as {@link Result.Failure}. Anything thrown is recorded as
 * {@link Result.Reason#SKILL_ERROR}, or as {@link Result.Reason#INVALID_INPUT} if it is an
 * {@link InvalidInputException} ({@link Result.Reason#INVALID_RESULT}: a {@link NotJsonException}), and never reaches the
 * host.
 *
 * @since 0.1
 */
public interface Skill {

    /** {@return the name, version and capabilities of this skill; the same value on every call} */
    SkillDescriptor descriptor();

    /**
     * Carries out {@code task}. Long work checks {@link SkillContext#isCancellationRequested()} about once a second and
     * lets interruption end it; an attempt that does neither is given up when its time is over, and its thread is lost.
     *
     * @return what came of it; never null
     * @throws Exception whatever stops it; {@link InterruptedException} if it was cancelled, ran out of time or the hub
     *     is closing: let it pass
     */
    Result execute(Task task, SkillContext context) throws Exception;

    /**
     * {@return whether this skill wants this very task} Asked before every choice, so keep it cheap: look at the inputs,
     * do no work. Throwing counts as no.
     */
    default boolean canHandle(Task task) {
        return true;
    }

    /**
     * {@return what an attempt at this task would cost, in the host's unit; 0 or more} Asked before every choice, so keep
     * it cheap.
     */
    default double estimateCost(Task task) {
        return descriptor().costHint();
    }

    /**
     * Gets ready, before the first task. Throwing keeps this skill out, with the message shown to the operator, and no
     * other one.
     *
     * @param environment its configuration, secrets and the host's services; may be kept
     * @throws Exception if it cannot work here
     */
    default void open(SkillEnvironment environment) throws Exception {}

    /**
     * Gives back what it holds, after the last task.
     *
     * @throws Exception which is logged and otherwise ignored
     */
    default void close() throws Exception {}
}
