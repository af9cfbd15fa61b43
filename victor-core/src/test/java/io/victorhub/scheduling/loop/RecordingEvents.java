package io.victorhub.scheduling.loop;

import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.StorageException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Remembers what the loop tells, each in a few words. */
final class RecordingEvents implements LoopEvents {

    final List<String> started = new CopyOnWriteArrayList<>();
    final List<String> settled = new CopyOnWriteArrayList<>();
    final List<String> waiting = new CopyOnWriteArrayList<>();
    final List<String> stuck = new CopyOnWriteArrayList<>();
    final List<VirtualMachineError> fatal = new CopyOnWriteArrayList<>();
    final List<String> storage = new CopyOnWriteArrayList<>();

    @Override
    public void started(Supplier<RunningTask> task) {
        started.add(task.get().taskId());
    }

    @Override
    public void settled(Lease lease, Disposition disposition, LogEntry entry) {
        settled.add(lease.taskId());
    }

    @Override
    public void waitingForSkill(String type, String missing) {
        waiting.add(missing);
    }

    @Override
    public void stuck(Lease lease, SkillRef skill) {
        stuck.add(lease.taskId() + " in " + skill.name());
    }

    @Override
    public void fatal(Lease lease, SkillRef skill, VirtualMachineError error) {
        fatal.add(error);
    }

    @Override
    public void storageTrouble(StorageException trouble) {
        storage.add("trouble");
    }

    @Override
    public void storageWell() {
        storage.add("well");
    }
}
