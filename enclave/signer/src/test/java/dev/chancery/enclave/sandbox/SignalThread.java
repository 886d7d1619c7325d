// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;

/// Runs something on a thread that the JVM's signal dispatcher starts: that one is as old as the JVM, and a
/// sandbox that is put on the main thread alone does not reach it.
final class SignalThread {
    private final ArrayBlockingQueue<List<SelfCheck.Finding>> found = new ArrayBlockingQueue<>(1);
    private final Object signal;
    private final Class<?> signalType;
    private volatile Callable<List<SelfCheck.Finding>> task = List::of;

    private SignalThread() throws ReflectiveOperationException {
        // By reflection, because the module of the enclave does not require jdk.unsupported.
        signalType = Class.forName("sun.misc.Signal");
        var handlerType = Class.forName("sun.misc.SignalHandler");
        signal = signalType.getConstructor(String.class).newInstance("USR2");
        var handler = Proxy.newProxyInstance(
                SignalThread.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                    found.add(task.call());
                    return null;
                });
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    static SignalThread prepare() throws ReflectiveOperationException {
        return new SignalThread();
    }

    List<SelfCheck.Finding> run(Callable<List<SelfCheck.Finding>> whatToRun) throws Exception {
        task = whatToRun;
        signalType.getMethod("raise", signalType).invoke(null, signal);
        return found.take();
    }
}
