#include "io/seccomp.hpp"

#ifdef __linux__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#endif

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__)) && defined(SYS_seccomp)

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace cvgen::io::seccomp {
namespace {

#ifdef __x86_64__
constexpr std::uint32_t processor = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t processor = AUDIT_ARCH_AARCH64;
#endif

// Later than the headers of some systems; numbers from here on are the same on all processors.
constexpr std::uint32_t call_setxattrat = 463, call_removexattrat = 466, call_fchmodat2 = 452, call_file_setattr = 469;

// What no compiler of documents has any use for.
constexpr std::uint32_t forbidden[] = {
    // the network, and sockets of other programs: D-Bus, X11, agents
    SYS_socket,
    // what Landlock leaves alone: permissions, owners, times and attributes of files
    SYS_fchmod, SYS_fchmodat, call_fchmodat2, SYS_fchown, SYS_fchownat, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
    SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, call_setxattrat, call_removexattrat, call_file_setattr, SYS_truncate, SYS_open_by_handle_at,
#ifdef __x86_64__
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_modify_ldt, SYS_iopl, SYS_ioperm, SYS_uselib, SYS_ustat, SYS_sysfs,
#endif
    // other processes
    SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_pidfd_open, SYS_pidfd_getfd, SYS_pidfd_send_signal, SYS_ptrace, SYS_process_vm_readv,
    SYS_process_vm_writev, SYS_process_madvise, SYS_kcmp, SYS_setpriority, SYS_ioprio_set, SYS_sched_setaffinity, SYS_sched_setparam,
    SYS_sched_setscheduler, SYS_sched_setattr, SYS_migrate_pages, SYS_move_pages, SYS_perf_event_open, SYS_setpgid, SYS_setsid,
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_semget, SYS_semctl, SYS_semop, SYS_semtimedop, SYS_msgget, SYS_msgctl, SYS_msgsnd, SYS_msgrcv, SYS_mq_open, SYS_mq_unlink,
    SYS_add_key, SYS_request_key, SYS_keyctl,
    // the system, and ways into the kernel that have often been faulty
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_move_mount, SYS_open_tree, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    SYS_unshare, SYS_setns, SYS_bpf, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_kexec_load, SYS_kexec_file_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_acct, SYS_quotactl, SYS_settimeofday,
    SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex, SYS_sethostname, SYS_setdomainname, SYS_vhangup, SYS_fanotify_init, SYS_lookup_dcookie, SYS_personality,
};

constexpr std::size_t largest = 256;  // a jump can skip no more

// A program of the kernel's filter machine.
class Filter {
 public:
  constexpr void add(std::uint32_t code, std::uint32_t operand, std::uint8_t yes = 0, std::uint8_t no = 0) {
    lines_[size_++] = {static_cast<std::uint16_t>(code), yes, no, operand};
  }
  constexpr void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  constexpr void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action); }
  constexpr void refuse(std::uint32_t error = EPERM) { answer(SECCOMP_RET_ERRNO | error); }
  // Goes on if that is so, else skips `lines`.
  constexpr void unless_equal(std::uint32_t value, std::uint8_t lines) { add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, lines); }
  constexpr void if_equal(std::uint32_t value, std::uint8_t lines) { add(BPF_JMP | BPF_JEQ | BPF_K, value, lines, 0); }

  sock_filter* lines() { return lines_.data(); }
  unsigned short size() const { return static_cast<unsigned short>(size_); }

 private:
  std::array<sock_filter, largest + 64> lines_{};
  std::size_t size_ = 0;
};

constexpr std::size_t number = offsetof(seccomp_data, nr);

// The lower and the upper half of an argument; both processors have the lower one first.
constexpr std::size_t low(int argument) { return offsetof(seccomp_data, args) + 8U * static_cast<unsigned>(argument); }
constexpr std::size_t high(int argument) { return low(argument) + 4; }

// Allowed only with this value of an argument of 32 bits.
constexpr void only_with(Filter& filter, std::uint32_t call, int argument, std::uint32_t value) {
  filter.unless_equal(call, 4);
  filter.load(low(argument));
  filter.if_equal(value, 1);
  filter.refuse();
  filter.load(number);
}

constexpr void never_with(Filter& filter, std::uint32_t call, int argument, std::uint32_t value) {
  filter.unless_equal(call, 4);
  filter.load(low(argument));
  filter.unless_equal(value, 1);
  filter.refuse();
  filter.load(number);
}

// Emptying a file takes no right to write to it before the third version of Landlock.
constexpr void never_empties_for_reading(Filter& filter, std::uint32_t call, int argument) {
  filter.unless_equal(call, 5);
  filter.load(low(argument));
  filter.add(BPF_ALU | BPF_AND | BPF_K, O_TRUNC | O_ACCMODE);
  filter.unless_equal(O_TRUNC | O_RDONLY, 1);
  filter.refuse();
  filter.load(number);
}

// One process and no other: threads may be made, the program itself may be started, by the very pointer that our own call has.
void alone(Filter& filter, const char* path) {
  filter.unless_equal(SYS_clone, 4);
  filter.load(low(0));
  filter.add(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
  filter.refuse();
  filter.load(number);
  // Its flags can't be seen. The C library then uses clone.
  filter.unless_equal(SYS_clone3, 1);
  filter.refuse(ENOSYS);
#ifdef __x86_64__
  for (const std::uint32_t call : {SYS_fork, SYS_vfork}) {
    filter.unless_equal(call, 1);
    filter.refuse();
  }
#endif
  filter.unless_equal(SYS_execveat, 1);
  filter.refuse();
  const auto pointer = reinterpret_cast<std::uint64_t>(path);
  filter.unless_equal(SYS_execve, 6);
  filter.load(low(0));
  filter.unless_equal(static_cast<std::uint32_t>(pointer), 2);
  filter.load(high(0));
  filter.if_equal(static_cast<std::uint32_t>(pointer >> 32U), 1);
  filter.refuse();
  filter.load(number);
}

}  // namespace

bool available() {
  const std::uint32_t action = SECCOMP_RET_ERRNO;
  return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0U, &action) == 0;
}

bool enter(const char* path, bool helpers) {
  Filter filter;
  filter.load(offsetof(seccomp_data, arch));
  filter.if_equal(processor, 1);
  filter.refuse();
  filter.load(number);
#ifdef __x86_64__
  // The numbers of x32, by which the same calls have other names.
  filter.add(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
  filter.refuse(ENOSYS);
#endif
  // Can't be seen into; the C library doesn't use it.
  filter.unless_equal(SYS_openat2, 1);
  filter.refuse(ENOSYS);
  never_empties_for_reading(filter, SYS_openat, 2);
#ifdef __x86_64__
  never_empties_for_reading(filter, SYS_open, 1);
#endif
  // A process may end itself by a signal, and limit itself.
  for (const std::uint32_t call : {SYS_kill, SYS_tgkill}) only_with(filter, call, 0, static_cast<std::uint32_t>(::getpid()));
  only_with(filter, SYS_prlimit64, 0, 0);
  // It may not outlive cvgen, nor type into its terminal.
  never_with(filter, SYS_prctl, 0, PR_SET_PDEATHSIG);
  never_with(filter, SYS_ioctl, 1, TIOCSTI);
  never_with(filter, SYS_ioctl, 1, TIOCLINUX);
  if (!helpers) alone(filter, path);
  static_assert(std::size(forbidden) < largest);
  auto left = static_cast<std::uint8_t>(std::size(forbidden));
  for (const auto call : forbidden) filter.if_equal(call, left--);
  filter.answer(SECCOMP_RET_ALLOW);
  filter.refuse();
  const sock_fprog program{filter.size(), filter.lines()};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0U, &program) == 0;
}

}  // namespace cvgen::io::seccomp

#else

namespace cvgen::io::seccomp {

bool available() { return false; }

bool enter(const char*, bool) { return false; }

}  // namespace cvgen::io::seccomp

#endif
