// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.util.Locale;

/// The system calls that the filter names: their numbers, and what the sealed process may do with them.
///
/// The first number is that of x86-64 (Linux's `arch/x86/entry/syscalls/syscall_64.tbl`), the second that of
/// aarch64, which uses the generic table (`include/uapi/asm-generic/unistd.h`). `SystemCallTest` compares
/// both with the headers. -1: the architecture has no such call.
enum SystemCall {
    READ(0, 63, Group.NEEDED),
    WRITE(1, 64, Group.NEEDED),
    PREAD64(17, 67, Group.NEEDED),
    PWRITE64(18, 68, Group.NEEDED),
    READV(19, 65, Group.NEEDED),
    WRITEV(20, 66, Group.NEEDED),
    LSEEK(8, 62, Group.NEEDED),
    CLOSE(3, 57, Group.NEEDED),
    FSTAT(5, 80, Group.NEEDED),
    NEWFSTATAT(262, 79, Group.NEEDED),
    STAT(4, -1, Group.NEEDED),
    LSTAT(6, -1, Group.NEEDED),
    STATX(332, 291, Group.NEEDED),
    READLINK(89, -1, Group.NEEDED),
    READLINKAT(267, 78, Group.NEEDED),
    ACCESS(21, -1, Group.NEEDED),
    FACCESSAT(269, 48, Group.NEEDED),
    FACCESSAT2(439, 439, Group.NEEDED),
    FSYNC(74, 82, Group.NEEDED),
    FDATASYNC(75, 83, Group.NEEDED),
    DUP(32, 23, Group.NEEDED),
    DUP2(33, -1, Group.NEEDED),
    DUP3(292, 24, Group.NEEDED),
    GETDENTS64(217, 61, Group.NEEDED),
    GETCWD(79, 17, Group.NEEDED),
    FLOCK(73, 32, Group.NEEDED),
    MMAP(9, 222, Group.NEEDED),
    MUNMAP(11, 215, Group.NEEDED),
    MPROTECT(10, 226, Group.NEEDED),
    MADVISE(28, 233, Group.NEEDED),
    MREMAP(25, 216, Group.NEEDED),
    BRK(12, 214, Group.NEEDED),
    MINCORE(27, 232, Group.NEEDED),
    MEMBARRIER(324, 283, Group.NEEDED),
    FUTEX(202, 98, Group.NEEDED),
    RT_SIGACTION(13, 134, Group.NEEDED),
    RT_SIGPROCMASK(14, 135, Group.NEEDED),
    RT_SIGRETURN(15, 139, Group.NEEDED),
    RT_SIGTIMEDWAIT(128, 137, Group.NEEDED),
    SIGALTSTACK(131, 132, Group.NEEDED),
    RESTART_SYSCALL(219, 128, Group.NEEDED),
    SET_ROBUST_LIST(273, 99, Group.NEEDED),
    SET_TID_ADDRESS(218, 96, Group.NEEDED),
    RSEQ(334, 293, Group.NEEDED),
    EXIT(60, 93, Group.NEEDED),
    EXIT_GROUP(231, 94, Group.NEEDED),
    SCHED_YIELD(24, 124, Group.NEEDED),
    SCHED_GETAFFINITY(204, 123, Group.NEEDED),
    GETRUSAGE(98, 165, Group.NEEDED),
    TIMES(100, 153, Group.NEEDED),
    CLOCK_GETTIME(228, 113, Group.NEEDED),
    CLOCK_GETRES(229, 114, Group.NEEDED),
    CLOCK_NANOSLEEP(230, 115, Group.NEEDED),
    NANOSLEEP(35, 101, Group.NEEDED),
    GETTIMEOFDAY(96, 169, Group.NEEDED),
    TIME(201, -1, Group.NEEDED),
    GETPID(39, 172, Group.NEEDED),
    GETTID(186, 178, Group.NEEDED),
    GETPPID(110, 173, Group.NEEDED),
    GETUID(102, 174, Group.NEEDED),
    GETEUID(107, 175, Group.NEEDED),
    GETGID(104, 176, Group.NEEDED),
    GETEGID(108, 177, Group.NEEDED),
    UNAME(63, 160, Group.NEEDED),
    SYSINFO(99, 179, Group.NEEDED),
    GETCPU(309, 168, Group.NEEDED),
    GETRANDOM(318, 278, Group.NEEDED),
    POLL(7, -1, Group.NEEDED),
    PPOLL(271, 73, Group.NEEDED),
    EPOLL_CREATE1(291, 20, Group.NEEDED),
    EPOLL_CTL(233, 21, Group.NEEDED),
    EPOLL_WAIT(232, -1, Group.NEEDED),
    EPOLL_PWAIT(281, 22, Group.NEEDED),
    EVENTFD2(290, 19, Group.NEEDED),
    PIPE2(293, 59, Group.NEEDED),
    ACCEPT(43, 202, Group.NEEDED),
    ACCEPT4(288, 242, Group.NEEDED),
    SHUTDOWN(48, 210, Group.NEEDED),
    GETSOCKNAME(51, 204, Group.NEEDED),
    GETPEERNAME(52, 205, Group.NEEDED),
    GETSOCKOPT(55, 209, Group.NEEDED),
    SETSOCKOPT(54, 208, Group.NEEDED),
    RECVFROM(45, 207, Group.NEEDED),
    SENDTO(44, 206, Group.NEEDED),
    CLONE(56, 220, Group.EXAMINED),
    PRCTL(157, 167, Group.EXAMINED),
    IOCTL(16, 29, Group.EXAMINED),
    FCNTL(72, 25, Group.EXAMINED),
    KILL(62, 129, Group.EXAMINED),
    TGKILL(234, 131, Group.EXAMINED),
    PRLIMIT64(302, 261, Group.EXAMINED),
    EXECVE(59, 221, Group.PROGRAM),
    EXECVEAT(322, 281, Group.PROGRAM),
    FORK(57, -1, Group.PROGRAM),
    VFORK(58, -1, Group.PROGRAM),
    CLONE3(435, 435, Group.PROGRAM),
    PTRACE(101, 117, Group.OTHER_PROCESS),
    PROCESS_VM_READV(310, 270, Group.OTHER_PROCESS),
    PROCESS_VM_WRITEV(311, 271, Group.OTHER_PROCESS),
    PROCESS_MADVISE(440, 440, Group.OTHER_PROCESS),
    PROCESS_MRELEASE(448, 448, Group.OTHER_PROCESS),
    KCMP(312, 272, Group.OTHER_PROCESS),
    PIDFD_OPEN(434, 434, Group.OTHER_PROCESS),
    PIDFD_GETFD(438, 438, Group.OTHER_PROCESS),
    PIDFD_SEND_SIGNAL(424, 424, Group.OTHER_PROCESS),
    TKILL(200, 130, Group.OTHER_PROCESS),
    RT_SIGQUEUEINFO(129, 138, Group.OTHER_PROCESS),
    RT_TGSIGQUEUEINFO(297, 240, Group.OTHER_PROCESS),
    SETPRIORITY(141, 140, Group.OTHER_PROCESS),
    IOPRIO_SET(251, 30, Group.OTHER_PROCESS),
    SCHED_SETAFFINITY(203, 122, Group.OTHER_PROCESS),
    SCHED_SETPARAM(142, 118, Group.OTHER_PROCESS),
    SCHED_SETSCHEDULER(144, 119, Group.OTHER_PROCESS),
    SCHED_SETATTR(314, 274, Group.OTHER_PROCESS),
    MIGRATE_PAGES(256, 238, Group.OTHER_PROCESS),
    MOVE_PAGES(279, 239, Group.OTHER_PROCESS),
    OPEN(2, -1, Group.OPEN),
    OPENAT(257, 56, Group.OPEN),
    OPENAT2(437, 437, Group.OPEN),
    CREAT(85, -1, Group.OPEN),
    OPEN_BY_HANDLE_AT(304, 265, Group.OPEN),
    NAME_TO_HANDLE_AT(303, 264, Group.OPEN),
    MEMFD_CREATE(319, 279, Group.OPEN),
    MEMFD_SECRET(447, 447, Group.OPEN),
    MQ_OPEN(240, 180, Group.OPEN),
    USELIB(134, -1, Group.OPEN),
    SOCKET(41, 198, Group.SOCKET),
    SOCKETPAIR(53, 199, Group.SOCKET),
    CONNECT(42, 203, Group.SOCKET),
    BIND(49, 200, Group.SOCKET),
    LISTEN(50, 201, Group.SOCKET),
    SENDMSG(46, 211, Group.SOCKET),
    SENDMMSG(307, 269, Group.SOCKET),
    RECVMSG(47, 212, Group.SOCKET),
    RECVMMSG(299, 243, Group.SOCKET),
    UNLINK(87, -1, Group.FILE_CHANGE),
    UNLINKAT(263, 35, Group.FILE_CHANGE),
    RENAME(82, -1, Group.FILE_CHANGE),
    RENAMEAT(264, 38, Group.FILE_CHANGE),
    RENAMEAT2(316, 276, Group.FILE_CHANGE),
    LINK(86, -1, Group.FILE_CHANGE),
    LINKAT(265, 37, Group.FILE_CHANGE),
    SYMLINK(88, -1, Group.FILE_CHANGE),
    SYMLINKAT(266, 36, Group.FILE_CHANGE),
    MKDIR(83, -1, Group.FILE_CHANGE),
    MKDIRAT(258, 34, Group.FILE_CHANGE),
    RMDIR(84, -1, Group.FILE_CHANGE),
    MKNOD(133, -1, Group.FILE_CHANGE),
    MKNODAT(259, 33, Group.FILE_CHANGE),
    CHMOD(90, -1, Group.FILE_CHANGE),
    FCHMOD(91, 52, Group.FILE_CHANGE),
    FCHMODAT(268, 53, Group.FILE_CHANGE),
    CHOWN(92, -1, Group.FILE_CHANGE),
    FCHOWN(93, 55, Group.FILE_CHANGE),
    LCHOWN(94, -1, Group.FILE_CHANGE),
    FCHOWNAT(260, 54, Group.FILE_CHANGE),
    UTIME(132, -1, Group.FILE_CHANGE),
    UTIMES(235, -1, Group.FILE_CHANGE),
    FUTIMESAT(261, -1, Group.FILE_CHANGE),
    UTIMENSAT(280, 88, Group.FILE_CHANGE),
    TRUNCATE(76, 45, Group.FILE_CHANGE),
    FTRUNCATE(77, 46, Group.FILE_CHANGE),
    FALLOCATE(285, 47, Group.FILE_CHANGE),
    SETXATTR(188, 5, Group.FILE_CHANGE),
    LSETXATTR(189, 6, Group.FILE_CHANGE),
    FSETXATTR(190, 7, Group.FILE_CHANGE),
    REMOVEXATTR(197, 14, Group.FILE_CHANGE),
    LREMOVEXATTR(198, 15, Group.FILE_CHANGE),
    FREMOVEXATTR(199, 16, Group.FILE_CHANGE),
    MQ_UNLINK(241, 181, Group.FILE_CHANGE),
    CHDIR(80, 49, Group.FILE_CHANGE),
    FCHDIR(81, 50, Group.FILE_CHANGE),
    MOUNT(165, 40, Group.MOUNT),
    UMOUNT2(166, 39, Group.MOUNT),
    PIVOT_ROOT(155, 41, Group.MOUNT),
    CHROOT(161, 51, Group.MOUNT),
    OPEN_TREE(428, 428, Group.MOUNT),
    MOVE_MOUNT(429, 429, Group.MOUNT),
    FSOPEN(430, 430, Group.MOUNT),
    FSCONFIG(431, 431, Group.MOUNT),
    FSMOUNT(432, 432, Group.MOUNT),
    FSPICK(433, 433, Group.MOUNT),
    MOUNT_SETATTR(442, 442, Group.MOUNT),
    SWAPON(167, 224, Group.MOUNT),
    SWAPOFF(168, 225, Group.MOUNT),
    QUOTACTL(179, 60, Group.MOUNT),
    QUOTACTL_FD(443, 443, Group.MOUNT),
    UNSHARE(272, 97, Group.NAMESPACE),
    SETNS(308, 268, Group.NAMESPACE),
    SETUID(105, 146, Group.IDENTITY),
    SETGID(106, 144, Group.IDENTITY),
    SETREUID(113, 145, Group.IDENTITY),
    SETREGID(114, 143, Group.IDENTITY),
    SETRESUID(117, 147, Group.IDENTITY),
    SETRESGID(119, 149, Group.IDENTITY),
    SETFSUID(122, 151, Group.IDENTITY),
    SETFSGID(123, 152, Group.IDENTITY),
    SETGROUPS(116, 159, Group.IDENTITY),
    CAPSET(126, 91, Group.IDENTITY),
    PERSONALITY(135, 92, Group.IDENTITY),
    SETRLIMIT(160, 164, Group.IDENTITY),
    KEXEC_LOAD(246, 104, Group.KERNEL),
    KEXEC_FILE_LOAD(320, 294, Group.KERNEL),
    INIT_MODULE(175, 105, Group.KERNEL),
    FINIT_MODULE(313, 273, Group.KERNEL),
    DELETE_MODULE(176, 106, Group.KERNEL),
    REBOOT(169, 142, Group.KERNEL),
    ACCT(163, 89, Group.KERNEL),
    SYSLOG(103, 116, Group.KERNEL),
    SETTIMEOFDAY(164, 170, Group.KERNEL),
    CLOCK_SETTIME(227, 112, Group.KERNEL),
    CLOCK_ADJTIME(305, 266, Group.KERNEL),
    ADJTIMEX(159, 171, Group.KERNEL),
    SETHOSTNAME(170, 161, Group.KERNEL),
    SETDOMAINNAME(171, 162, Group.KERNEL),
    VHANGUP(153, 58, Group.KERNEL),
    IOPL(172, -1, Group.KERNEL),
    IOPERM(173, -1, Group.KERNEL),
    MODIFY_LDT(154, -1, Group.KERNEL),
    LOOKUP_DCOOKIE(212, 18, Group.KERNEL),
    NFSSERVCTL(180, 42, Group.KERNEL),
    SYSFS(139, -1, Group.KERNEL),
    USTAT(136, -1, Group.KERNEL),
    BPF(321, 280, Group.SURFACE),
    PERF_EVENT_OPEN(298, 241, Group.SURFACE),
    IO_URING_SETUP(425, 425, Group.SURFACE),
    IO_URING_ENTER(426, 426, Group.SURFACE),
    IO_URING_REGISTER(427, 427, Group.SURFACE),
    IO_SETUP(206, 0, Group.SURFACE),
    IO_SUBMIT(209, 2, Group.SURFACE),
    USERFAULTFD(323, 282, Group.SURFACE),
    ADD_KEY(248, 217, Group.SURFACE),
    REQUEST_KEY(249, 218, Group.SURFACE),
    KEYCTL(250, 219, Group.SURFACE),
    FANOTIFY_INIT(300, 262, Group.SURFACE),
    FANOTIFY_MARK(301, 263, Group.SURFACE),
    INOTIFY_INIT(253, -1, Group.SURFACE),
    INOTIFY_INIT1(294, 26, Group.SURFACE),
    SHMGET(29, 194, Group.SURFACE),
    SHMAT(30, 196, Group.SURFACE),
    SHMCTL(31, 195, Group.SURFACE),
    MSGGET(68, 186, Group.SURFACE),
    MSGSND(69, 189, Group.SURFACE),
    MSGRCV(70, 188, Group.SURFACE),
    MSGCTL(71, 187, Group.SURFACE),
    SEMGET(64, 190, Group.SURFACE),
    SEMOP(65, 193, Group.SURFACE),
    SEMTIMEDOP(220, 192, Group.SURFACE),
    SEMCTL(66, 191, Group.SURFACE),
    VMSPLICE(278, 75, Group.SURFACE),
    SPLICE(275, 76, Group.SURFACE),
    TEE(276, 77, Group.SURFACE),
    SECCOMP(317, 277, Group.SURFACE),
    LANDLOCK_CREATE_RULESET(444, 444, Group.SURFACE),
    LANDLOCK_ADD_RULE(445, 445, Group.SURFACE),
    LANDLOCK_RESTRICT_SELF(446, 446, Group.SURFACE),
    MLOCKALL(151, 230, Group.MEMORY_LOCK),
    MUNLOCK(150, 229, Group.MEMORY_LOCK),
    MUNLOCKALL(152, 231, Group.MEMORY_LOCK);

    /// The highest number of Linux 6.1's tables. What came later is answered as by that kernel, see
    /// [SeccompProgram].
    static final int HIGHEST = 450;

    private static final int ABSENT = -1;

    private final int x8664;
    private final int generic;
    private final Group group;

    SystemCall(int x8664, int generic, Group group) {
        this.x8664 = x8664;
        this.generic = generic;
        this.group = group;
    }

    boolean existsOn(Architecture architecture) {
        return numberOrAbsent(architecture) != ABSENT;
    }

    int number(Architecture architecture) {
        int number = numberOrAbsent(architecture);
        if (number == ABSENT) {
            throw new IllegalArgumentException(this + " is no call of " + architecture);
        }
        return number;
    }

    private int numberOrAbsent(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> x8664;
            case AARCH64 -> generic;
        };
    }

    Group group() {
        return group;
    }

    /// The name of its man page in section 2.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Why the sealed process may make a system call, or may not: the table in the package comment, as values.
    enum Group {
        NEEDED("seen in a sealed process at work, or a sibling of such a call"),
        EXAMINED("needed with some arguments and dangerous with others"),
        PROGRAM("would start a program or a process that outlives the rules of this one"),
        OTHER_PROCESS("would look into other processes, or steer them"),
        OPEN("would open a file, or make memory that can be executed like one"),
        SOCKET("would open a way out, or pass descriptors in or out"),
        FILE_CHANGE("would change files by name, or shorten those that are open"),
        MOUNT("would change what names mean"),
        NAMESPACE("would enter another view of the system"),
        IDENTITY("would change who the process is or undo its limits"),
        KERNEL("would change the machine"),
        SURFACE("is a way into the kernel that has had faults and that nothing here uses"),
        MEMORY_LOCK("would undo the locking of memory");

        private final String reason;

        Group(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        boolean isForbidden() {
            return this != NEEDED && this != EXAMINED;
        }
    }
}
