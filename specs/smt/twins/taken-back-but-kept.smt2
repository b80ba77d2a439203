;; Entries for frames that the host takes back stay.
;; Twin of: host, refutes: HOST-1
;; Fault: move-without-processor-drop

(define-fun active-after-host ((a Active) (at Slot) (of Machine) (o HostOperation)) Active
  (ite (or (distinct of (slot-machine at)) ((_ is absent) a)) a
  (ite false absent
  (ite (or ((_ is start-log) o) ((_ is harvest-log) o)) (without-write a)
    a))))
