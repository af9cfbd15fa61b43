package io.victorhub.registry.loading;

import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;

/** Calls code of a plug-in as it expects to be called: with its own loader in the thread. */
final class InLoader {

    private InLoader() {}

    static <T> T run(ClassLoader loader, Callable<T> call) throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** A machine in trouble is not for the registry to hide. */
    static void rethrowFatal(Throwable t) {
        if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
            throw error;
        }
    }

    /** What plug-in code says of its trouble, in one line; its exceptions may throw as well. */
    static String said(Throwable t) {
        Throwable cause = t;
        while (wraps(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        try {
            String message = cause.getMessage();
            return cause.getClass().getName() + (message == null ? "" : ": " + message);
        } catch (Throwable e) {
            rethrowFatal(e);
            return cause.getClass().getName();
        }
    }

    /** The JDK's own wrappers, whose cause is never themselves. */
    private static boolean wraps(Throwable t) {
        return t instanceof ServiceConfigurationError
                || t instanceof InvocationTargetException
                || t instanceof ExceptionInInitializerError;
    }
}
