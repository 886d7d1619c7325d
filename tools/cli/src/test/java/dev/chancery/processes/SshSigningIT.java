// SPDX-License-Identifier: Apache-2.0
package dev.chancery.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ssh signer@host < core.db > core.db.sig` with OpenSSH's server and client, and nothing of ours on the
/// client.
///
/// "A test starts a real sshd on loopback with a dedicated user and `ForceCommand`, signs a pacman database
/// and a package, and `pacman` with `SigLevel = Required DatabaseRequired` installs from it; the same user
/// gets no shell, no port forward, no file copy."
class SshSigningIT {
    /// A user of this test alone: removed when it ends.
    private static final String USER = "chancery-it";

    private static final String UNREAD = "/dev/null";

    @TempDir
    private static Path root;

    private static Office office;
    private static @Nullable RunningEnclave enclave;
    private static @Nullable Process sshd;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        for (var tool : List.of(StockTool.SSHD, StockTool.SSH, StockTool.SSH_KEYGEN, StockTool.SFTP)) {
            tool.require();
        }
        Assumptions.assumeTrue(RunningEnclave.ME.equals("root"), "sshd as root is needed, and a user to be made");
        // The user's relay reads the application, and connects to a socket: not through directories that are closed.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        shell("cp -r \"$APP\" app && chmod -R go=u-w app").assertStatus(0);
        shell("userdel -f $USER 2>/dev/null; useradd -M -d / -s /bin/sh -p '*' $USER")
                .assertStatus(0);
        office = Office.in(root);
        office.authority("release", "openpgp", "ed25519");
        RunningEnclave.configure(office, root, List.of(USER));
        enclave = RunningEnclave.start(office, root);
        sshd = startSshd();
    }

    private static Process startSshd() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        shell("for key in host client; do ssh-keygen -q -t ed25519 -N '' -f $key; done; mkdir -p /run/sshd")
                .assertStatus(0);
        Files.writeString(
                root.resolve("known_hosts"),
                "[127.0.0.1]:%d %s".formatted(port, Files.readString(root.resolve("host.pub"))));
        Files.writeString(root.resolve("sshd_config"), """
                Port %1$d
                ListenAddress 127.0.0.1
                HostKey %2$s/host
                PidFile none
                UsePAM no
                StrictModes no
                AuthorizedKeysFile %2$s/client.pub
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                Subsystem sftp internal-sftp
                Match User %3$s
                    DisableForwarding yes
                    PermitTTY no
                    PermitUserRC no
                    ForceCommand %2$s/app/bin/chancery relay %2$s/relay.sock
                """.formatted(port, root, USER));
        var builder = new ProcessBuilder(
                        "/usr/sbin/sshd", "-f", root.resolve("sshd_config").toString(), "-D", "-e")
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("sshd.log").toFile());
        var started = builder.start();
        for (int i = 0; i < 200 && !listens(); i++) {
            Thread.sleep(50);
        }
        assertTrue(listens(), Files.readString(root.resolve("sshd.log")));
        return started;
    }

    private static boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (sshd != null) {
            sshd.destroy();
            sshd.waitFor(20, TimeUnit.SECONDS);
        }
        if (enclave != null) {
            enclave.close();
        }
        if (RunningEnclave.ME.equals("root")) {
            shell("userdel -f $USER 2>/dev/null; rm -rf app; gpgconf --homedir \"$PWD/pacman-keys\" --kill all; true");
        }
    }

    /// In the test's directory; `$SSH` and `$TO` are how a client connects.
    private static Answer shell(String line) {
        return shell(line, Map.of());
    }

    private static Answer shell(String line, Map<String, String> more) {
        var environment = new HashMap<>(StockTool.environment(root, more));
        environment.put("APP", Office.PACKAGED.toString());
        environment.put("USER", USER);
        environment.put("PORT", Integer.toString(port));
        environment.put(
                "SSH",
                "-F none -i %2$s/client -p %1$d -o BatchMode=yes -o UserKnownHostsFile=%2$s/known_hosts"
                        .formatted(port, root));
        environment.put("TO", USER + "@127.0.0.1");
        return Answer.to(root, environment, List.of("sh", "-c", line));
    }

    /// A package, its signature, a database with both, and its signature: each signed over SSH.
    private static void publish() {
        shell("""
                mkdir -p repo pkg/usr/share && cd pkg && echo hello > usr/share/greeting
                printf '%s\\n' 'pkgname = greeting' 'pkgbase = greeting' 'pkgver = 1-1' 'pkgdesc = x' 'url = x' \
                    'builddate = 1790000000' 'packager = x' 'size = 6' 'arch = any' > .PKGINFO
                bsdtar -cf - .PKGINFO usr | zstd -q > ../repo/greeting-1-1-any.pkg.tar.zst
                """).assertStatus(0);
        shell("cd repo && ssh $SSH $TO " + "<greeting-1-1-any.pkg.tar.zst >greeting-1-1-any.pkg.tar.zst.sig")
                .assertStatus(0);
        shell("cd repo && repo-add -q core.db.tar.gz greeting-1-1-any.pkg.tar.zst && "
                        + "ssh $SSH $TO <core.db >core.db.sig")
                .assertStatus(0);
    }

    @Test
    void pacmanInstallsWhatWasSignedOverSsh() throws IOException {
        StockTool.PACMAN.require();
        StockTool.REPO_ADD.require();
        StockTool.BSDTAR.require();
        publish();
        Files.writeString(root.resolve("pacman.conf"), """
                [options]
                Architecture = auto
                SigLevel = Required DatabaseRequired
                GPGDir = %1$s/pacman-keys
                DBPath = %1$s/installed/db
                RootDir = %1$s/installed
                CacheDir = %1$s/installed/cache
                LogFile = %1$s/pacman.log
                HookDir = %1$s/hooks
                [core]
                Server = file://%1$s/repo
                """.formatted(root));
        String certificate = office.armoredCertificate("release").toString();
        shell("""
                pacman-key --gpgdir pacman-keys --init && pacman-key --gpgdir pacman-keys --add "$CERTIFICATE" &&
                fpr=$(gpg --homedir pacman-keys --with-colons --show-keys "$CERTIFICATE" |
                    sed -n 's/^fpr:*\\([^:]*\\):/\\1/p' | head -n 1) &&
                pacman-key --gpgdir pacman-keys --lsign-key "$fpr"
                """, Map.of("CERTIFICATE", certificate)).assertStatus(0);
        String install = "rm -rf installed && mkdir -p installed/db installed/cache hooks && "
                + "pacman --config pacman.conf --noconfirm -Sy greeting";
        shell(install).assertStatus(0);
        assertEquals("hello\n", Files.readString(root.resolve("installed/usr/share/greeting")));
        assertRefused("cp repo/core.db.sig kept; printf x >>repo/core.db.sig", install, "mv kept repo/core.db.sig");
        assertRefused("mv repo/core.db.sig kept", install, "mv kept repo/core.db.sig");
        assertRefused(
                "cp -L repo/core.db kept; printf x >>repo/core.db.tar.gz", install, "cp kept repo/core.db.tar.gz");
        String signature = "repo/greeting-1-1-any.pkg.tar.zst.sig";
        assertRefused("mv " + signature + " kept", install, "mv kept " + signature);
        shell(install).assertStatus(0);
    }

    private static void assertRefused(String before, String install, String after) {
        shell(before).assertStatus(0);
        shell(install).assertFails();
        shell(after).assertStatus(0);
    }

    @Test
    void theUserGetsNoShellNoFileAndNoForward() throws IOException {
        String marker = root.resolve("marker").toString();
        for (String command :
                List.of("touch " + marker, "sh", "sh -c 'touch " + marker + "'", "'; touch " + marker + "'")) {
            shell("ssh $SSH $TO " + command + " <" + UNREAD).assertStatus(3).assertSays("the stream is empty");
        }
        shell("ssh -tt $SSH $TO <" + UNREAD).assertFails();
        shell("sftp -F none -i client -P $PORT -o BatchMode=yes -o UserKnownHostsFile=known_hosts -b - $TO <" + UNREAD)
                .assertFails();
        for (String mode : List.of("-O", "")) {
            shell("scp " + mode + " -F none -i client -P $PORT -o BatchMode=yes -o UserKnownHostsFile=known_hosts "
                            + "client.pub $TO:" + marker)
                    .assertFails();
        }
        shell("ssh $SSH -o ExitOnForwardFailure=yes -N -R 127.0.0.1:0:127.0.0.1:$PORT $TO")
                .assertFails();
        shell("ssh $SSH -W 127.0.0.1:$PORT $TO <" + UNREAD).assertFails();
        assertFalse(Files.exists(Path.of(marker)));
        // What a client says of the environment changes nothing either.
        shell("JAVA_TOOL_OPTIONS=-version ssh $SSH -o SendEnv=JAVA_TOOL_OPTIONS $TO <known_hosts >signed.sig")
                .assertStatus(0);
        StockTool.GPGV
                .run(root, "--keyring", office.certificate("release").toString(), "signed.sig", "known_hosts")
                .assertStatus(0);
    }

    /// "(and as a login shell)": no other shell runs at all.
    @Test
    void theRelayIsALoginShell() {
        shell("""
                printf '%%s\\n' '#!/bin/sh' \
                    'exec %1$s/app/bin/chancery relay --name-from-command "$@" %1$s/relay.sock' > shell &&
                chmod 755 shell && useradd -M -d / -s "$PWD/shell" -p '*' "$USER-shell"
                """.formatted(root)).assertStatus(0);
        try {
            shell("ssh $SSH $USER-shell@127.0.0.1 sign a.txt <" + UNREAD).assertFails();
            shell("ssh $SSH $USER-shell@127.0.0.1 id <known_hosts")
                    .assertStatus(3)
                    .assertSays("is not 'sign NAME'");
            // That user stands in no signing rule.
            shell("ssh $SSH $USER-shell@127.0.0.1 sign a.txt <known_hosts")
                    .assertStatus(4)
                    .assertSays("no signing rule of this enclave names your user");
        } finally {
            shell("userdel -f $USER-shell").assertStatus(0);
        }
    }
}
