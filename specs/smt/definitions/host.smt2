;; What the host does under the guest's feet, and what becomes of one slot then.
;; Claims: 11 14 24.
;; Needs: active

;; `map-logged` says what `logged` says of the new memory: a log that is kept covers frames that are
;; mapped while it is.
(declare-datatypes ((HostOperation 0)) ((
  (map-frames (map-first Frame) (map-count Frame) (map-to HostFrame) (map-logged Bool))
  (unmap-frames (unmap-first Frame) (unmap-count Frame))
  (move-frames (move-first Frame) (move-count Frame) (move-to HostFrame))
  (protect-frames (protect-first Frame) (protect-count Frame) (protects Bool))
  (start-log) (harvest-log))))

;; True if a frame is in a run; it does not wrap around.
(define-fun in-run ((f Frame) (first Frame) (count Frame)) Bool (bvult (bvsub f first) count))

;; What is behind a frame after the operation, by what was.
(define-fun backing-after ((o HostOperation) (f Frame) (b Backing)) Backing
  (ite (and ((_ is map-frames) o) (in-run f (map-first o) (map-count o)) ((_ is device) b))
    (memory-at (bvadd (map-to o) (bvsub f (map-first o))) false (map-logged o))
  (ite (and ((_ is unmap-frames) o) (in-run f (unmap-first o) (unmap-count o)))
    device
  (ite ((_ is device) b) device
  (ite (and ((_ is move-frames) o) (in-run f (move-first o) (move-count o)))
    (memory-at (bvadd (move-to o) (bvsub f (move-first o))) (read-only b) (logged b))
  (ite (and ((_ is protect-frames) o) (in-run f (protect-first o) (protect-count o)))
    (memory-at (host-frame b) (protects o) (logged b))
  (ite (or ((_ is start-log) o) ((_ is harvest-log) o))
    (memory-at (host-frame b) (read-only b) true)
    b)))))))

;; True if the operation takes back what an entry for the frame may have been derived from.
(define-fun takes-back ((o HostOperation) (f Frame)) Bool
  (or (and ((_ is unmap-frames) o) (in-run f (unmap-first o) (unmap-count o)))
      (and ((_ is move-frames) o) (in-run f (move-first o) (move-count o)))
      (and ((_ is protect-frames) o) (in-run f (protect-first o) (protect-count o)))))

;; Entries that lead to a frame concerned go; for a log, every right to write goes.
(define-fun without-write ((a Active)) Active
  (ite ((_ is absent) a) absent
    (present (frame a) (may-read a) false (may-execute-it a) (keyed a) (source a))))
(define-fun active-after-host ((a Active) (at Slot) (of Machine) (o HostOperation)) Active
  (ite (or (distinct of (slot-machine at)) ((_ is absent) a)) a
  (ite (takes-back o (frame-of (source a) (slot-page at))) absent
  (ite (or ((_ is start-log) o) ((_ is harvest-log) o)) (without-write a)
    a))))

;; The processor of each virtual CPU drops everything if any of its entries changed.
(define-fun held-after-host ((q Active) (a Active) (a-after Active) (also Bool)) Active
  (ite (or also (distinct a a-after)) absent q))
