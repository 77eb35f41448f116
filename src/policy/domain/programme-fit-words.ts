import type { Sentence } from './shape-words.js';

/** Mistakes of programmes that ask for what cannot be reached. */
export const UNFIT_PROGRAMMES = {
  'no-room-for-total': (room: string) => ({
    zh: '各学分类别的上限之和不足总学分',
    en: 'its buckets have no room for its total',
    right: { zh: `总学分最多 '${room}'，或提高某个 maximum`, en: `a total of at most '${room}', or a higher maximum` },
  }),
  'caps-below-total': (most: string) => ({
    zh: `各项上限合计最多计入 ${most}，达不到总学分`,
    en: `its caps together let ${most} count, less than its total`,
    right: { zh: `总学分最多 '${most}'，或提高某个上限`, en: `a total of at most '${most}', or a higher cap` },
  }),
  'item-over-total': (item: string, credit: string, total: string) => ({
    zh: `必修的 ${item} 要 ${credit} 学分，超过项目总学分 ${total}`,
    en: `the required item ${item} asks for ${credit}, more than the total ${total} of its programme`,
    right: { zh: `最多 '${total}'，或提高总学分`, en: `at most '${total}', or a higher total` },
  }),
  'items-over-total': (sum: string) => ({
    zh: '总学分小于各必修课程与环节之和',
    en: 'the total is less than its required items together',
    right: {
      zh: `至少 '${sum}'，或把其中一项改为非必修`,
      en: `at least '${sum}', or one of the items not required`,
    },
  }),
  'item-without-bucket': (item: string, type: string) => ({
    zh: `必修的 ${item} 是 ${type} 学分，没有一个学分类别接受`,
    en: `the required item ${item} is ${type} credit, which no bucket accepts`,
    right: { zh: `让一个学分类别接受 ${type}`, en: `let a bucket accept ${type}` },
  }),
  'item-over-buckets': (item: string, credit: string, room: string) => ({
    zh: `必修的 ${item} 要 ${credit} 学分，接受它的学分类别最多计 ${room}`,
    en: `the required item ${item} asks for ${credit}, and the buckets that accept it have room for ${room}`,
    right: { zh: `最多 '${room}'，或提高某个 maximum`, en: `at most '${room}', or a higher maximum` },
  }),
  'floor-over-total': (floor: string, credit: string, total: string) => ({
    zh: `${floor} 的下限要 ${credit} 学分，超过项目总学分 ${total}`,
    en: `the floor ${floor} asks for ${credit}, more than the total ${total} of its programme`,
    right: { zh: `最多 '${total}'，或提高总学分`, en: `at most '${total}', or a higher total` },
  }),
} satisfies Record<string, (...parts: never[]) => Sentence>;
