package io.victorhub;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.victorhub.spi.Skill;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rooms of this module and the arrows between them. A room is a package below {@code io.victorhub}, with the
 * packages below it that are no rooms of their own; an arrow points from a room to one whose facts it consumes. Run it alone to see the table.
 */
class ArchitectureTest {

    private static final String HOME = "io.victorhub";
    private static final String ROOT = "(root)";

    /** Each room and the rooms it may use. Root wires all of them, and nobody uses root. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            entry("audit", Set.of("journal", "json")),
            entry("json", Set.of()),
            entry("statistics", Set.of()),
            entry("metrics", Set.of("statistics")),
            entry("broadcast", Set.of()),
            entry("journal", Set.of()),
            entry("store", Set.of("journal", "json", "store.known")),
            entry("store.known", Set.of("journal")),
            entry("registry", Set.of()),
            entry("history", Set.of("json")),
            entry("review", Set.of("history", "statistics")),
            entry("routing", Set.of("history", "statistics")),
            entry("dispatch", Set.of("registry", "routing")),
            entry("cron", Set.of()),
            entry("scheduling", Set.of("cron", "dispatch", "history", "json")),
            entry(
                    "dashboard",
                    Set.of("history", "json", "registry", "review", "routing", "scheduling", "statistics"))));

    private static final JavaClasses VICTOR = importer()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/victor-spi/"))
            .importPackages(HOME);

    /** Without reading the classes of JDK and libraries, of which the names are enough. */
    private static ClassFileImporter importer() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter();
    }

    static Stream<String> rooms() {
        return ARROWS.keySet().stream();
    }

    @Test
    void everyPackageBelongsToARoomOfTheTable() {
        Set<String> found = VICTOR.stream()
                .filter(ArchitectureTest::isOurs)
                .map(ArchitectureTest::room)
                .collect(Collectors.toCollection(TreeSet::new));

        found.removeAll(ARROWS.keySet());
        found.remove(ROOT);
        assertThat(found)
                .as("rooms that the table does not know; add them to it with their arrows, and to docs/architecture.md")
                .isEmpty();
    }

    @Test
    void theTableIsReadFromTheClassesOfThisModule() {
        assertThat(VICTOR.stream().map(ArchitectureTest::room)).contains("store", "journal", "json", "registry");
        assertThat(VICTOR.stream().map(JavaClass::getPackageName)).doesNotContain("io.victorhub.spi");
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyTheRoomsItMay(String room) {
        Set<String> mayUse = ARROWS.get(room);
        noClasses()
                .that(are(inRoom(room)))
                .should()
                .dependOnClassesThat(describe(
                        "are in another room than " + mayUse,
                        used -> isOurs(used) && !room(used).equals(room) && !mayUse.contains(room(used))))
                .because("data flows one way; see the table in this test")
                .allowEmptyShould(true)
                .check(VICTOR);
    }

    @Test
    void theRoomsFormNoCycle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return isOurs(javaClass) ? SliceIdentifier.of(room(javaClass)) : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "rooms";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(VICTOR);
    }

    @Test
    void onlyTheRoomJsonKnowsJackson() {
        onlyIn(Set.of("json"), used -> used.getPackageName().startsWith("com.fasterxml."), "Jackson");
    }

    @Test
    void onlyRootAndRegistryLookForServices() {
        onlyIn(Set.of(ROOT, "registry"), used -> used.getName().startsWith("java.util.ServiceLoader"), "ServiceLoader");
    }

    @Test
    void nothingIsPrinted() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.victorhub.store.StoreTool") // a command, too
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("a library logs what an operator needs, and gives the rest to its host")
                .check(VICTOR);
    }

    /** {@return whether a type is, or is part of, what is run from a command line, where nobody gives it anything} */
    private static boolean isCommand(JavaClass type) {
        return type.getFullName().startsWith("io.victorhub.store.StoreTool");
    }

    @Test
    void theTimeIsPassedIn() {
        Set<String> clocks = Set.of("now", "today", "systemUTC", "systemDefaultZone", "tickMillis");
        noCallsButFrom(
                type -> false,
                "reads the clock of the system",
                target -> (target.getOwner().getPackageName().startsWith("java.time")
                                && clocks.contains(target.getName()))
                        || is(target, System.class, "currentTimeMillis")
                        || (target.getOwner().isEquivalentTo(Date.class) && isConstructor(target)));
        noCallsButFrom(
                type -> type.getSimpleName().endsWith("Builder") || isCommand(type),
                "takes the clock of the system, which only a builder does by default",
                target -> is(target, InstantSource.class, "system") || is(target, Clock.class, "system"));
    }

    @Test
    void threadsAreMadeByWhatTheHostGives() {
        Set<Class<?>> makers = Set.of(
                Thread.class,
                ThreadPoolExecutor.class,
                ScheduledThreadPoolExecutor.class,
                ForkJoinPool.class,
                Timer.class);
        noCallsButFrom(
                type -> room(type).equals(ROOT) || isCommand(type),
                "makes threads of its own",
                target -> target.getOwner().isEquivalentTo(Executors.class)
                        || (isConstructor(target) && makers.stream().anyMatch(target.getOwner()::isEquivalentTo))
                        || is(target, Thread.class, "ofVirtual")
                        || is(target, Thread.class, "ofPlatform")
                        || is(target, Thread.class, "startVirtualThread")
                        || is(target, Thread.class, "sleep")
                        || target.getName().equals("parallelStream")
                        || (target.getName().endsWith("Async")
                                && target.getOwner().isEquivalentTo(CompletableFuture.class)
                                && usesCommonPool(target)));
    }

    /** In the source, because no class file tells of a synchronized block to ArchUnit. */
    @Test
    void stateIsGuardedWithoutSynchronized() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<String> found = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.contains("getClassLoadingLock")) // the lock that the JVM takes too
                        .filter(line -> line.matches("\\s*[^*/]*\\bsynchronized\\b\\s*[(\\w<].*"))
                        .forEach(line -> found.add(file + ": " + line.strip()));
            }

            assertThat(found)
                    .as("synchronized pins virtual threads before Java 24; use a ReentrantLock")
                    .isEmpty();
        }
    }

    @Test
    void noPackageIsNamedForBeingShared() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..model..", "..helper..")
                .because("small shared code lives in the room that owns the idea")
                .check(VICTOR);
    }

    @Test
    void exportedPackagesShowOnlyTypesThatAHostCanSee() {
        Set<String> exported = exportedPackages();
        DescribedPredicate<JavaClass> seen = describe("can be seen by hosts", ArchitectureTest::isSeen);

        classes()
                .that(describe("are exported", type -> exported.contains(type.getPackageName())))
                .and(seen)
                .should(new ArchCondition<>("show only the JDK, the SPI and exported types") {
                    @Override
                    public void check(JavaClass shown, ConditionEvents events) {
                        shownBy(shown).forEach((where, type) -> {
                            boolean fine =
                                    isJdkOrSpi(type) || (exported.contains(type.getPackageName()) && isSeen(type));
                            if (!fine) {
                                events.add(SimpleConditionEvent.violated(shown, where + " shows " + type.getName()));
                            }
                        });
                    }
                })
                .check(VICTOR);
    }

    @AfterAll
    static void printTheTable() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        VICTOR.stream().filter(ArchitectureTest::isOurs).forEach(from -> {
            Set<String> used = arrows.computeIfAbsent(room(from), name -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(ArchitectureTest::isOurs)
                    .map(ArchitectureTest::room)
                    .filter(room -> !room.equals(room(from)))
                    .forEach(used::add);
        });
        Set<String> exported = exportedPackages();
        StringBuilder table =
                new StringBuilder("rooms of victor-core, and the rooms they use (* exported, at least in part)\n");
        arrows.forEach((room, used) -> table.append("  %-12s → %s%n"
                .formatted(
                        room + (exported.contains(room.equals(ROOT) ? HOME : HOME + "." + room) ? "*" : ""),
                        used.isEmpty() ? "–" : String.join(", ", used))));
        System.out.print(table);
    }

    private static void onlyIn(Set<String> rooms, Predicate<JavaClass> used, String what) {
        noClasses()
                .that(describe("are outside of " + rooms, type -> !rooms.contains(room(type))))
                .should()
                .dependOnClassesThat(describe("are " + what, used))
                .check(VICTOR);
    }

    private static void noCallsButFrom(Predicate<JavaClass> allowed, String what, Predicate<AccessTarget> forbidden) {
        noClasses()
                .that(describe("are elsewhere", type -> !allowed.test(type)))
                .should(new ArchCondition<>("have code that " + what) {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        Stream.concat(
                                        item.getAccessesFromSelf().stream().map(access -> (JavaAccess<?>) access),
                                        Stream.concat(
                                                item.getMethodReferencesFromSelf().stream(),
                                                item.getConstructorReferencesFromSelf().stream()))
                                .filter(access -> forbidden.test(access.getTarget()))
                                .distinct()
                                .forEach(access ->
                                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
                    }
                })
                .check(VICTOR);
    }

    private static boolean is(AccessTarget target, Class<?> owner, String name) {
        return target.getOwner().isEquivalentTo(owner) && target.getName().equals(name);
    }

    private static boolean isConstructor(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget
                && target.getName().equals("<init>");
    }

    /** Without an executor it runs in the pool that all of the JVM shares. */
    private static boolean usesCommonPool(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitCallTarget call
                && call.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Executor.class));
    }

    private static DescribedPredicate<JavaClass> inRoom(String room) {
        return describe("in room " + room, type -> isOurs(type) && room(type).equals(room));
    }

    private static boolean isOurs(JavaClass type) {
        return resideInAPackage(HOME + "..").test(type)
                && !resideInAPackage(Skill.class.getPackageName() + "..").test(type)
                && !type.getSimpleName().equals("package-info");
    }

    private static String room(JavaClass type) {
        String below =
                type.getPackageName().substring(Math.min(type.getPackageName().length(), HOME.length()));
        if (below.isEmpty()) {
            return ROOT;
        }
        String path = below.substring(1);
        return ARROWS.containsKey(path) ? path : path.split("\\.")[0];
    }

    private static boolean isSeen(JavaClass type) {
        boolean own = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return own && type.getEnclosingClass().map(ArchitectureTest::isSeen).orElse(true);
    }

    private static boolean isJdkOrSpi(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return type.getBaseComponentType().isPrimitive()
                || name.startsWith("java.")
                || name.equals("io.victorhub.spi")
                || name.startsWith("io.victorhub.spi.");
    }

    /** {@return what stands in the signatures of a type, by where it stands} */
    private static Map<String, JavaClass> shownBy(JavaClass type) {
        Map<String, JavaClass> shown = new TreeMap<>();
        type.getSuperclass().ifPresent(above -> put(shown, type.getName() + " extends", above));
        type.getInterfaces().forEach(above -> put(shown, type.getName() + " implements", above));
        type.getMembers().stream().filter(ArchitectureTest::isSeen).forEach(member -> {
            if (member instanceof JavaField field) {
                put(shown, field.getFullName(), field.getType());
            } else if (member instanceof JavaCodeUnit code) {
                put(shown, code.getFullName() + " returns", code.getReturnType());
                code.getParameterTypes().forEach(parameter -> put(shown, code.getFullName() + " takes", parameter));
                code.getExceptionTypes().forEach(thrown -> put(shown, code.getFullName() + " throws", thrown));
            }
        });
        return shown;
    }

    private static void put(Map<String, JavaClass> shown, String where, JavaType type) {
        type.getAllInvolvedRawTypes()
                .forEach(raw -> shown.put(where + " (" + raw.getName() + ")", raw.getBaseComponentType()));
    }

    private static boolean isSeen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Set<String> exportedPackages() {
        Path file = Path.of("target", "classes", "module-info.class");
        try (InputStream in = Files.newInputStream(file)) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
