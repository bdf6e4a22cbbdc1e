/*
 * The floor: a WebSocket server that does nothing but send(2). It accepts sockets and answers their handshake with the one
 * constant a generator needs, and for each line on stdin sends one text message of about 600 bytes to every socket in a
 * plain loop. What is above its CPU per message is ours; what is in it is the kernel's.
 *
 * cc -O2 -o send send.c; prints its port. Lines: `message <number>`. One thread, Linux.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, PAYLOAD = 600 };

static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
static int open_sockets[MOST];
static int count = 0;
static char is_upgraded[65536];

static void broadcast(long number) {
  static unsigned char frame[PAYLOAD + 4];
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  char text[PAYLOAD + 1];
  int used = snprintf(text, sizeof text, "{\"type\":\"question\",\"data\":{\"round\":%ld,\"server_time_ms\":%.3f,\"choices\":[],\"fill\":\"",
                      number, at.tv_sec * 1e3 + at.tv_nsec / 1e6);
  memset(text + used, 'x', PAYLOAD - used);
  memcpy(text + PAYLOAD - 3, "\"}}", 3);
  frame[0] = 0x81;
  frame[1] = 126;
  frame[2] = PAYLOAD >> 8;
  frame[3] = PAYLOAD & 0xff;
  memcpy(frame + 4, text, PAYLOAD);
  for (int i = 0; i < count; i++) (void)!send(open_sockets[i], frame, sizeof frame, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

int main(void) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  if (bind(listener, (struct sockaddr *)&at, size) < 0 || listen(listener, 1024) < 0) fail("listen");
  getsockname(listener, (struct sockaddr *)&at, &size);
  printf("%d\n", ntohs(at.sin_port));
  fflush(stdout);

  int poll = epoll_create1(0);
  struct epoll_event interest = {.events = EPOLLIN, .data.fd = listener}, ready[256];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &interest);
  interest.data.fd = STDIN_FILENO;
  epoll_ctl(poll, EPOLL_CTL_ADD, STDIN_FILENO, &interest);

  for (;;) {
    int n = epoll_wait(poll, ready, 256, -1);
    if (n < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < n; i++) {
      int fd = ready[i].data.fd;
      char bytes[4096];
      if (fd == STDIN_FILENO) {
        ssize_t got = read(fd, bytes, sizeof bytes - 1);
        if (got <= 0) return 0;
        bytes[got] = 0;
        for (char *line = strtok(bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
          long number;
          if (sscanf(line, "message %ld", &number) == 1) broadcast(number);
        }
      } else if (fd == listener) {
        int one = 1, accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (accepted < 0) continue;
        setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        interest.data.fd = accepted;
        epoll_ctl(poll, EPOLL_CTL_ADD, accepted, &interest);
      } else {
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got <= 0) {
          for (int k = 0; k < count; k++)
            if (open_sockets[k] == fd) open_sockets[k] = open_sockets[--count];
          is_upgraded[fd] = 0;
          close(fd);
        } else if (!is_upgraded[fd] && count < MOST && memmem(bytes, got, "\r\n\r\n", 4) != NULL) {
          is_upgraded[fd] = 1;
          open_sockets[count++] = fd;
          (void)!write(fd, answer, sizeof answer - 1);
        }
      }
    }
  }
}
