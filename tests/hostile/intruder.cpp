// A pdflatex that has been taken over: tries all that native code could do to its user, and puts what came of it into its
// cv.pdf, a line each: "got" or "refused". $HOME has a file `canary`, and a folder `texmf` with a file `own`. If it has a file
// `gentle`, nothing is tried that could harm other processes, as it would where nothing confines it.
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <dirent.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

namespace {

std::FILE* report;

void tell(const char* attack, bool got) { std::fprintf(report, "%s: %s\n", attack, got ? "got" : (std::string("refused, ") + std::strerror(errno)).c_str()); }

// What returns a number, or -1.
void attempt(const char* attack, long result) { tell(attack, result >= 0); }

bool reads(const std::string& path) {
  char byte;
  const int fd = ::open(path.c_str(), O_RDONLY);
  const bool got = fd >= 0 && ::read(fd, &byte, 1) == 1;
  if (fd >= 0) ::close(fd);
  return got;
}

bool lists(const std::string& path) {
  DIR* folder = ::opendir(path.c_str());
  if (folder != nullptr) ::closedir(folder);
  return folder != nullptr;
}

}  // namespace

int main() {
  const std::string home = std::getenv("HOME"), canary = home + "/canary", made = home + "/made";
  const auto parent = ::getppid();
  report = std::fopen("cv.pdf", "w");
  std::fputs("%PDF-report\n", report);
  if (std::FILE* log = std::fopen("cv.log", "w")) {
    std::fputs("Output written on cv.pdf (1 page, 10 bytes).\n", log);
    std::fclose(log);
  }

  // What a compiler of documents needs.
  tell("own: a file of the system", reads("/usr/bin/env"));
  tell("own: the user's TeX tree", reads(home + "/texmf/own"));
  attempt("own: a file", ::open("own", O_RDWR | O_CREAT | O_TRUNC, 0600));
  attempt("own: a folder", ::mkdir("folder", 0700));
  attempt("own: another name", ::rename("own", "other"));
  attempt("own: removal", ::unlink("other"));
  bool ran = false;
  std::thread([&] { ran = true; }).join();
  tell("own: a thread", ran);
  attempt("own: a limit", [] {
    rlimit limit{};
    return ::getrlimit(RLIMIT_CORE, &limit) == 0 ? ::setrlimit(RLIMIT_CORE, &limit) : -1;
  }());

  tell("files: read", reads(canary));
  tell("files: list", lists(home));
  tell("files: read the password file", reads("/etc/passwd"));
  tell("files: its environment", reads("/proc/self/environ"));
  tell("files: the environment of cvgen", reads("/proc/" + std::to_string(parent) + "/environ"));
  tell("files: the processes", lists("/proc"));
  attempt("files: write", ::open(made.c_str(), O_WRONLY | O_CREAT, 0600));
  attempt("files: write into the TeX tree", ::open((home + "/texmf/made").c_str(), O_WRONLY | O_CREAT, 0600));
  attempt("files: append", ::open(canary.c_str(), O_WRONLY | O_APPEND));
  attempt("files: truncate", ::truncate(canary.c_str(), 0));
  attempt("files: open to truncate", ::open((home + "/texmf/own").c_str(), O_RDONLY | O_TRUNC));
  attempt("files: make a folder", ::mkdir((home + "/made-folder").c_str(), 0700));
  attempt("files: rename", ::rename(canary.c_str(), made.c_str()));
  ::rename(made.c_str(), canary.c_str());
  attempt("files: link", ::link(canary.c_str(), "mine"));
  attempt("files: a symbolic link", ::symlink(canary.c_str(), "symbolic"));
  attempt("files: a symbolic link outside", ::symlink("x", (made + "-link").c_str()));
  attempt("files: a pipe", ::mkfifo("pipe", 0600));
  attempt("files: a device", ::mknod("device", S_IFCHR | 0600, 0x103));
  attempt("files: permissions", ::chmod(canary.c_str(), 0666));
  attempt("files: permissions at", ::fchmodat(AT_FDCWD, canary.c_str(), 0666, 0));
  attempt("files: owner", ::chown(canary.c_str(), ::getuid(), ::getgid()));
  attempt("files: times", ::utimensat(AT_FDCWD, canary.c_str(), nullptr, 0));
  attempt("files: attributes", ::setxattr(canary.c_str(), "user.x", "y", 1, 0));
  attempt("files: openat2", ::syscall(SYS_openat2, AT_FDCWD, canary.c_str(), "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24L));

  attempt("network: TCP", ::socket(AF_INET, SOCK_STREAM, 0));
  attempt("network: UDP", ::socket(AF_INET6, SOCK_DGRAM, 0));
  attempt("network: netlink", ::socket(AF_NETLINK, SOCK_RAW, 0));
  attempt("network: a socket of the system", ::socket(AF_UNIX, SOCK_STREAM, 0));

  if (::access((home + "/gentle").c_str(), F_OK) == 0) {
    std::fclose(report);
    return 0;
  }

  attempt("processes: signal", ::kill(parent, 0));
  attempt("processes: signal a thread", ::syscall(SYS_tgkill, parent, parent, 0));
  attempt("processes: trace", ::ptrace(PTRACE_SEIZE, parent, nullptr, nullptr));
  iovec mine{&ran, 1}, its{reinterpret_cast<void*>(&main), 1};
  attempt("processes: read memory", ::process_vm_readv(parent, &mine, 1, &its, 1, 0));
  attempt("processes: a descriptor for one", ::syscall(SYS_pidfd_open, parent, 0));
  rlimit limit{};
  attempt("processes: limits", ::prlimit(parent, RLIMIT_CORE, nullptr, &limit));
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(0, &processors);
  attempt("processes: processors", ::sched_setaffinity(parent, sizeof processors, &processors));
  attempt("processes: priority", ::setpriority(PRIO_PROCESS, static_cast<id_t>(parent), 19));
  attempt("processes: shared memory", ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
  attempt("processes: messages", ::msgget(IPC_PRIVATE, IPC_CREAT | 0600));
  attempt("processes: outlive cvgen", ::prctl(PR_SET_PDEATHSIG, 0));
  attempt("processes: a session of its own", ::setsid());
  attempt("processes: another group", ::setpgid(0, parent));
  attempt("processes: type into the terminal", ::ioctl(STDIN_FILENO, TIOCSTI, "x") == 0 || errno == ENOTTY ? 0 : -1);

  attempt("kernel: unshare", ::unshare(CLONE_NEWUSER));
  attempt("kernel: mount", ::mount("none", "/", nullptr, MS_REMOUNT | MS_BIND, nullptr) == 0 || errno != EPERM ? 0 : -1);
  attempt("kernel: bpf", ::syscall(SYS_bpf, BPF_MAP_CREATE, nullptr, 0) >= 0 || errno != EPERM ? 0 : -1);
  attempt("kernel: userfaultfd", ::syscall(SYS_userfaultfd, 0));
  attempt("kernel: io_uring", ::syscall(SYS_io_uring_setup, 0, nullptr) >= 0 || errno != EPERM ? 0 : -1);
  attempt("kernel: keys", ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1));
  attempt("kernel: perf", ::syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0) >= 0 || errno != EPERM ? 0 : -1);

  std::fflush(report);
  const auto child = ::fork();
  if (child == 0) ::_exit(0);
  attempt("programs: fork", child);
  if (child > 0) ::waitpid(child, nullptr, 0);
  attempt("programs: a shell", ::system(("touch " + made + "-by-shell").c_str()) == 0 ? 0 : -1);
  std::fflush(report);
  // Should it become another program, the lines that are missing say so.
  char* arguments[] = {const_cast<char*>("/bin/true"), nullptr};
  ::execve("/bin/true", arguments, arguments + 1);
  tell("programs: become another", false);
  ::syscall(SYS_execveat, AT_FDCWD, "/bin/true", arguments, arguments + 1, 0);
  tell("programs: become another, at", false);
  std::fclose(report);
  return 0;
}
