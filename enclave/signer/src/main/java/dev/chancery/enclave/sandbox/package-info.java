// SPDX-License-Identifier: Apache-2.0
/// The sandbox of the enclave's process: what it may open while it starts, and that it opens nothing
/// afterwards.
///
/// ## Two steps
///
/// 1. [Sandbox#confine], first thing in `main`: core limit 0, `no_new_privs`, a Landlock ruleset with everything
///    that the kernel's ABI can forbid, then `execve` of the same JVM with the same arguments and a cleared
///    environment. The exec is needed because `landlock_restrict_self(2)` holds for the calling thread and its
///    children, and a JVM in `main` has a dozen others. The second JVM finds `CHANCERY_CONFINED` in its environment
///    and believes nothing: it tries to list `/`, to write the JDK, to bind a TCP port, to signal its parent, and
///    refuses to go on if one succeeds. Then it is made not dumpable, before a key is read.
/// 2. [Sandbox#seal], when all is open: memory is locked where no limit forbids it, and a seccomp filter is put on all
///    threads at once (`SECCOMP_FILTER_FLAG_TSYNC`). Read back: `Seccomp`, `NoNewPrivs` and one filter more in
///    `/proc/self/task/*/status` of every thread, through files opened before.
///
/// ## What a sealed process may not do
///
/// | group | calls | why |
/// |---|---|---|
/// | programs | execve, fork, vfork, clone but for threads; clone3 is ENOSYS | no helper, no shell |
/// | other processes | ptrace, process_vm, pidfd, sched_set; kill but of itself | nobody is looked into or steered |
/// | opening | open in all forms, for reading too; memfd, mq_open | what is open was chosen before a request came |
/// | sockets | socket, connect, bind, listen; sendmsg, recvmsg | no way out; no descriptor passes in or out |
/// | files | unlink, rename, link, mkdir, chmod, chown, utime, truncate … | the audit file is not cut or moved |
/// | mounts, namespaces | mount, chroot, fsopen, unshare, setns … | names keep their meaning |
/// | identity | setuid, capset, setrlimit, prctl but for six options | a seal that can be undone is none |
/// | kernel | modules, kexec, reboot, clocks, iopl … | whom root runs is not root |
/// | surface | bpf, perf, io_uring, userfaultfd, keyctl, splice … | not needed, and had faults |
/// | memory lock | munlock, munlockall | as identity |
///
/// What is lost: names of users (`SO_PEERCRED` gives numbers), libraries loaded late, the removal of a
/// socket's name at the end.
///
/// A JVM lives with that: measured over garbage collection, both compilers, virtual threads, classes from
/// jars, random numbers, time zones and signing. What it opens once is opened before ([Preloading]). The
/// class path has to be of jars, for a directory's classes are opened one by one.
///
/// Every call of [SystemCall] has its group; `fcntl`, `ioctl`, `prctl`, `clone`, `kill`, `tgkill` and
/// `prlimit64` are decided by their arguments. Unknown calls: [Sealing.Filter]. Numbers above 450 are ENOSYS.
/// The wrong architecture and x32 kill the process.
///
/// ## Exemptions
///
/// [Confinement.Exemption]: what of the groups "opening", "files" and "sockets" passes because the keys are
/// not in memory. Each is a kind of call to seccomp, and a path or a port to Landlock, which is required
/// then.
///
/// ## Limits
///
/// What is open stays open: who runs code in a sealed process has its keys in memory, and can write to the
/// audit file and to connected clients. Landlock does not cover `chmod`, `chown`, `stat`; between the steps
/// these are free. Root outside can do everything. Not run on aarch64.
///
/// `SandboxTest` runs real processes; [SelfCheck] tries every forbidden thing in each of them.
@NullMarked
package dev.chancery.enclave.sandbox;

import org.jspecify.annotations.NullMarked;
