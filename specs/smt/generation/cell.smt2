;; The cell that an event falls into, for one page and one set: what happened, why, what the active
;; entry was, and what the guest had done to the page since it was flushed last.
;; Needs: operations

;; What the active entry was, beside what the guest's structure gives now.
(declare-datatypes ((Before 0)) ((
  (was-absent) (was-matching) (was-stale) (was-excessive) (was-lacking) (was-withheld))))

;; An entry that leads elsewhere, or where the guest leads nowhere, is stale. One that lacks no more
;; than a write that A and D, the host's protection or its log withhold is withheld.
(define-fun before-of ((a Active) (w Walk) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Before
  (ite ((_ is absent) a) was-absent
  (ite (not ((_ is ends-reached) w)) was-stale
    (let ((t (reached w)))
      (ite (not (has-its-frame a t page host)) was-stale
        (let ((right (derive t s page host c)))
          (ite (not (within a right)) was-excessive
          (ite (or (and (may-read right) (not (may-read a))) (and (may-write right) (not (may-write a)))
                   (and (may-execute-it right) (not (may-execute-it a))))
            was-lacking
          (ite (and (rights-permit (rights-of t) store s c) (not (may-write a))) was-withheld
            was-matching)))))))))

;; What an edit made of the walk of a page; `unchanged` where it made nothing of it that counts.
(declare-datatypes ((Edit 0)) ((
  (unchanged) (mapped) (unmapped) (made-reserved) (moved) (resized) (narrowed) (widened) (cleaned))))

(define-fun lacks ((r Rights) (than Rights)) Bool
  (or (and (writable than) (not (writable r))) (and (user-accessible than) (not (user-accessible r)))
      (and (executable than) (not (executable r)))))

(define-fun edit-of ((old Walk) (new Walk) (page Page)) Edit
  (ite (not ((_ is ends-reached) new))
    (ite (or ((_ is ends-reached) old) (distinct ((_ is ends-reserved) old) ((_ is ends-reserved) new)))
      (ite ((_ is ends-reserved) new) made-reserved unmapped) unchanged)
  (ite (not ((_ is ends-reached) old)) mapped
    (let ((o (reached old)) (n (reached new)))
      (ite (distinct (frame-of o page) (frame-of n page)) moved
      (ite (distinct (size o) (size n)) resized
      (ite (lacks (rights-of n) (rights-of o)) narrowed
      (ite (lacks (rights-of o) (rights-of n)) widened
      (ite (or (and (dirty o) (not (dirty n))) (and (accessed old) (not (accessed new)))) cleaned
        unchanged)))))))))

;; True of an event after which nothing that was cached for the page may be used: it is flushed.
(define-fun flushes ((e Event) (page Page) (before Control) (after Control) (p Profile)) Bool
  (and ((_ is manipulation) e)
    (must-forget
      (translation page size-4k page (rights true true true) #x0 (current-pcid after) false true)
      page (what e) before after p)))

(declare-datatypes ((Cell 0)) (((cell
  (cell-event EventKind) (cell-cause Cause) (cell-before Before) (cell-set PrivilegeSet) (cell-edit Edit) (cell-size Size)))))
