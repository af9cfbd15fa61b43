package com.example.host;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A host in autonomous mode that does what its standard input says, and tells on its standard output what happens. */
public class DrivenHost implements HubListener {

    private final AtomicReference<Hub> hub = new AtomicReference<>();

    public static void main(String[] args) throws IOException {
        DrivenHost listener = new DrivenHost();
        CountDownLatch gate = new CountDownLatch(1);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        try (Hub hub = Hub.at(Path.of("victor-home"))
                .listener(listener)
                .service(CountDownLatch.class, gate)
                .build()) {
            listener.hub.set(hub);
            hub.enableAutonomousMode();
            System.out.println("READY");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "submit" -> hub.submit(
                            Task.of("text.shout").id(words[1]).input("text", words[2]).build());
                    case "find" -> System.out.println(
                            "FOUND " + words[1] + " " + hub.find(words[1]).orElseThrow().status());
                    case "open" -> gate.countDown();
                    default -> throw new IllegalArgumentException(line);
                }
            }
        }
        System.out.println("CLOSED");
    }

    @Override
    public void skillsChanged() {
        Hub open = hub.get();
        if (open != null) { // otherwise it is being built
            System.out.println("SKILLS "
                    + open.skills().all().stream().map(skill -> skill.descriptor().ref().toString()).toList());
        }
    }

    @Override
    public void waitingForSkill(String type, String missing) {
        System.out.println("WAITING " + type);
    }

    @Override
    public void attemptStarted(RunningTask task) {
        System.out.println("STARTED " + task.taskId() + " " + task.skill());
    }

    @Override
    public void taskSettled(Completion completion) {
        System.out.println("SETTLED " + completion.taskId() + " " + completion.status() + " " + completion.output());
    }

    @Override
    public void inboxRead(InboxReport report) {
        System.out.println("INBOX " + report.accepted() + " taken in, " + report.rejected() + " rejected");
    }
}
